/**
 * What an operator sees and does: health now; backup, drain and ceremonies in time.
 *
 * <p>Reads the state of others through their ports. Reveals no secret and no address of a node.
 */
@NullMarked
package io.attested.sms.operate;

import org.jspecify.annotations.NullMarked;
