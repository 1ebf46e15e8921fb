/** The store as a target of an import. */
@NullMarked
package io.attested.sms.operate.legacy.jdbc;

import org.jspecify.annotations.NullMarked;
