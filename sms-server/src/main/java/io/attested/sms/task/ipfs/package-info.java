/**
 * Content from an IPFS gateway, believed only when it hashes to its CID.
 *
 * <p>Owns the client of one configured gateway and small readers of CIDs, dag-pb nodes and UnixFS files. Refuses other
 * hashes than SHA-256, directories, files over its bound, redirects to other hosts and every byte that was not hashed. An
 * adapter of {@code task.bulk}: it decides nothing. Known to the wiring only.
 */
@NullMarked
package io.attested.sms.task.ipfs;

import org.jspecify.annotations.NullMarked;
