package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.TCB_NOT_SUPPORTED;

import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.collateral.JsonFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The levels of a component that has one security version: a quoting enclave or a TDX module.
 *
 * @param component what it is, for messages
 * @param levels highest ISVSVN first
 */
record SvnLevels(String component, List<Level> levels) {
    private static final Set<TcbStatus> STATUSES =
            EnumSet.of(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE, TcbStatus.REVOKED);

    /**
     * One level.
     *
     * @param isvSvn the ISVSVN it asks for
     * @param level what it says
     */
    record Level(int isvSvn, TcbLevel level) {}

    static SvnLevels read(String component, JsonFields fields, int maxSvn) throws EvidenceRejected {
        List<Level> levels = new ArrayList<>();
        for (JsonFields listed : fields.objects("tcbLevels", 1, TcbLevel.MAX_LEVELS)) {
            TcbLevel level = TcbLevel.read(listed);
            if (!STATUSES.contains(level.status())) {
                throw listed.malformedMember(
                        "tcbStatus", "a status of a component", level.status().text());
            }
            levels.add(new Level(listed.object("tcb").integer("isvsvn", 0, maxSvn), level));
        }
        levels.sort(Comparator.comparingInt(Level::isvSvn).reversed());
        return new SvnLevels(component, List.copyOf(levels));
    }

    /** The highest level that {@code isvSvn} reaches. */
    Matched<TcbLevel> matched(int isvSvn) throws EvidenceRejected {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).isvSvn <= isvSvn) {
                return Matched.of(
                        levels.get(i).level,
                        i == 0 ? null : levels.get(i - 1).level.date());
            }
        }
        throw new EvidenceRejected(
                TCB_NOT_SUPPORTED, component + "'s ISVSVN", "at least " + levels.getLast().isvSvn, isvSvn);
    }

    int highestSvn() {
        return levels.getFirst().isvSvn;
    }
}
