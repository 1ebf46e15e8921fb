/** An original's {@code backup.sql}, read as text: no statement in it is ever run. */
@NullMarked
package io.attested.sms.operate.legacy.script;

import org.jspecify.annotations.NullMarked;
