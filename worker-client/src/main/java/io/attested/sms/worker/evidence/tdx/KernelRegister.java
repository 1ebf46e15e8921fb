package io.attested.sms.worker.evidence.tdx;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.worker.evidence.LaunchRegister;
import java.io.IOException;
import java.nio.file.Path;

/**
 * RTMR3 as the driver tdx_guest shows it (Linux 6.16 and later, Documentation/ABI/testing/sysfs-devices-virtual-misc-tdx_guest):
 * reading gives its 48 bytes, writing exactly 48 bytes extends it.
 *
 * @param files the kernel's files
 * @param file {@code rtmr3:sha384}
 */
record KernelRegister(KernelFiles files, Path file) implements LaunchRegister {
    @Override
    public ByteString value() throws IOException {
        byte[] value = files.read(file, TdxLaunch.RTMR_LENGTH);
        if (value.length != TdxLaunch.RTMR_LENGTH) {
            throw new IOException(file + " has " + value.length + " bytes, expected " + TdxLaunch.RTMR_LENGTH);
        }
        return ByteString.copyOf(value);
    }

    @Override
    public void extend(LaunchEvent event) throws IOException {
        files.write(file, event.digest().toByteArray());
    }
}
