/**
 * The store's tables as one stream, and back. Owns the form of a backup's content and what a restore may do to each
 * table. Refuses content that contradicts itself or belongs to another store; never makes a replaced value current.
 */
@NullMarked
package io.attested.sms.operate.admin.jdbc;

import org.jspecify.annotations.NullMarked;
