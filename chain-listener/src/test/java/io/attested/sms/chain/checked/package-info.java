/** Checked answers against the real contracts on a real node, with scripted nodes in between. */
@NullMarked
package io.attested.sms.chain.checked;

import org.jspecify.annotations.NullMarked;
