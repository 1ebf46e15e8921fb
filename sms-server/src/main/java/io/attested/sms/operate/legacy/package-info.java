/**
 * Taking over the data of the original service (contract sections 6.2 and 6.3): its rows, its cipher, and what becomes of
 * each row here.
 *
 * <p>Refuses rows it cannot be sure of: values that do not decrypt, owners the chain does not name, keys whose address is
 * another. Overwrites nothing. Rows come in from the adapters {@code h2} and {@code script}; the store through the port
 * {@code ImportTarget}.
 */
@NullMarked
package io.attested.sms.operate.legacy;

import org.jspecify.annotations.NullMarked;
