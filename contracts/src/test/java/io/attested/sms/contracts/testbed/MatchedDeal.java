package io.attested.sms.contracts.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A deal on the local chain.
 *
 * @param dealId {@code 0x} and 64 digits
 * @param app address
 * @param dataset address, empty when the deal has none
 * @param workerpool address
 * @param tasks number of tasks
 */
public record MatchedDeal(String dealId, String app, Optional<String> dataset, String workerpool, int tasks) {
    /** Id of the task with this index, initialised or not. */
    public String taskId(int index) {
        return taskId(dealId, index);
    }

    /** keccak256(deal id ‖ uint256 index). */
    public static String taskId(String dealId, int index) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(Abi.unhex(dealId));
        message.writeBytes(ByteBuffer.allocate(32).putInt(28, index).array());
        return Abi.hex(Wallet.keccak(message.toByteArray()));
    }
}
