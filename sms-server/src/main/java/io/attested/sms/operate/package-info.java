/**
 * What an operator sees and does.
 *
 * <p>Owns health here; below it the store's stamp, backups and the switch out of service, the chain's meters, the import of
 * an original's data and the operator's commands. Reads the state of others through their ports. Reveals no secret and no
 * address of a node.
 */
@NullMarked
package io.attested.sms.operate;

import org.jspecify.annotations.NullMarked;
