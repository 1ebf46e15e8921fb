package io.attested.sms.grant;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.secret.SecretId;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.DealParameters;
import io.attested.sms.task.RegisteredCode;
import io.attested.sms.task.TeeFramework;
import java.util.List;

/** The outcome of one decision. */
public sealed interface Decision permits Decision.Grant, Refusal {

    /**
     * The task may have these secrets, and no others.
     *
     * @param bulk the datasets of a bulk deal's task, empty otherwise
     * @param secrets what to open, each with the owner under whom it was pushed
     */
    record Grant(
            TaskFacts facts,
            TeeFramework framework,
            RegisteredCode code,
            DealParameters parameters,
            BulkSlice bulk,
            List<GrantedSecret> secrets)
            implements Decision {}

    /** One secret the task may have, what for, and who pushed it. */
    record GrantedSecret(SecretUse use, SecretId id, Address owner) {}
}
