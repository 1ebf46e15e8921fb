/**
 * Evidence of a TDX trust domain through the files of the Linux kernel.
 *
 * <p>Owns the order of reads and writes at configfs-tsm and the register of the tdx_guest driver. It was tested on a stand-in
 * for these files, not run on TDX hardware.
 */
@NullMarked
package io.attested.sms.worker.evidence.tdx;

import org.jspecify.annotations.NullMarked;
