/**
 * The encrypted dataset file of iExec: 16-byte IV, then AES-256-CBC with PKCS#7 padding.
 *
 * <p>Owns keys and files of that format, streaming, with a checksum. Refuses to leave a half-written output file under its
 * final name. The format has no authentication of its own: whoever decrypts compares the SHA-256 of the encrypted file
 * first. Calls the ethereum package for its 32-byte value type.
 */
@NullMarked
package io.attested.sms.worker.dataset;

import org.jspecify.annotations.NullMarked;
