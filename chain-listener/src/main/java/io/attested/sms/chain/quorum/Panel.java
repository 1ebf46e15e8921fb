package io.attested.sms.chain.quorum;

import io.attested.sms.chain.quorum.NodeStanding.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whom to ask.
 *
 * @param asked at once
 * @param reserve benched; asked when the others do not decide. No risk: as many nodes as ever must say the same
 */
record Panel(List<Member> asked, List<Member> reserve) {
    static Panel of(List<Member> members) {
        Map<Boolean, List<Member>> benched =
                members.stream().collect(Collectors.partitioningBy(member -> member.standing() == Standing.BENCHED));
        return new Panel(benched.getOrDefault(false, List.of()), benched.getOrDefault(true, List.of()));
    }

    /** These and no others. */
    static Panel only(List<Member> members) {
        return new Panel(List.copyOf(members), List.of());
    }
}
