/** An original's database file, read through a copy. Opens no database and never writes to the file it was given. */
@NullMarked
package io.attested.sms.operate.legacy.h2;

import org.jspecify.annotations.NullMarked;
