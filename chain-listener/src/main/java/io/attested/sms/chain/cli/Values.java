package io.attested.sms.chain.cli;

import io.attested.sms.chain.App;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.lens.DealFacts;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts as members of an output; what a thing does not have is left out. */
final class Values {
    private static final Pattern THREE_PARTS = Pattern.compile("([0-9a-fA-F]{64})\\|[0-9a-fA-F]{64}\\|[0-9a-fA-F]{32}");
    private static final Pattern HISTORICAL =
            Pattern.compile("[0-9a-fA-F]{64}\\|[0-9a-fA-F]{32}\\|([0-9a-fA-F]{64})(?:\\|.*)?");

    private final Map<String, Object> members = new LinkedHashMap<>();

    Map<String, Object> map() {
        return members;
    }

    Values with(String member, Object value) {
        members.put(member, value instanceof Number ? value : value.toString());
        return this;
    }

    Values task(Task task) {
        return with("status", task.status())
                .with("contributionDeadline", task.contributionDeadline())
                .with("finalDeadline", task.finalDeadline())
                .with("deal", task.dealId())
                .with("index", task.index());
    }

    Values facts(DealFacts facts) {
        Deal deal = facts.deal();
        app(facts.app()).with("appOwnerAtMatch", deal.app().ownerAtMatch());
        facts.dataset().ifPresent(this::dataset);
        deal.dataset().ifPresent(dataset -> with("datasetOwnerAtMatch", dataset.ownerAtMatch()));
        return with("workerpool", deal.workerpool().address())
                .with("workerpoolOwnerAtMatch", deal.workerpool().ownerAtMatch())
                .with("tag", deal.tag())
                .with("framework", framework(deal))
                .with("requester", deal.requester())
                .with("beneficiary", deal.beneficiary())
                .with("callback", deal.callback())
                .with("params", deal.params())
                .with("started", deal.startTime())
                .with("firstTask", deal.botFirst())
                .with("tasks", deal.botSize())
                .with("category", deal.category())
                .with("categorySeconds", facts.category().workClockTimeRef().toSeconds())
                .with("trustAsked", deal.trust());
    }

    Values app(App app) {
        with("app", app.address())
                .with("appOwner", app.owner())
                .with("appType", app.type())
                .with("appMultiaddr", app.multiaddr())
                .with("appChecksum", app.checksum());
        return fingerprint(app.mrenclave());
    }

    Values dataset(Dataset dataset) {
        return with("dataset", dataset.address())
                .with("datasetOwner", dataset.owner())
                .with("datasetMultiaddr", dataset.multiaddr())
                .with("datasetChecksum", dataset.checksum());
    }

    private Values fingerprint(RegisteredBytes registered) {
        String text = registered.text().orElseGet(() -> "0x" + HexFormat.of().formatHex(registered.bytes()));
        with("fingerprint", text);
        Matcher now = THREE_PARTS.matcher(text);
        Matcher before = HISTORICAL.matcher(text);
        if (registered.isEmpty()) {
            return with("fingerprintForm", "none registered");
        }
        if (now.matches()) {
            return with("fingerprintForm", "MrEnclave, FSPF_KEY, FSPF_TAG").with("mrEnclave", now.group(1));
        }
        if (before.matches()) {
            return with("fingerprintForm", "historical: FSPF_KEY, FSPF_TAG, MrEnclave")
                    .with("mrEnclave", before.group(1));
        }
        return with("fingerprintForm", text.stripLeading().startsWith("{") ? "enclave configuration" : "unknown");
    }

    private static String framework(Deal deal) {
        int nibble = deal.tag().bytes()[31] & 0x0f;
        return switch (nibble) {
            case 3 -> "SCONE";
            case 5 -> "GRAMINE";
            case 9 -> "TDX";
            default -> "none";
        };
    }
}
