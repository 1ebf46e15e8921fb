package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Links lead somewhere, and the tour passes the classes in the order in which the code runs. */
class DocsTest {
    /** The tour's stops: {@code Class.method} in the order of the calls, a type alone where a value comes out. */
    private static final Map<String, List<String>> STOPS = Map.of(
            "`POST /tee/sessions`",
            List.of(
                    "SourceBudget",
                    "BodyCap",
                    "TeeApi.session",
                    "SentSignature.parse",
                    "WorkerpoolAuthorization.ask",
                    "SessionDesk.session",
                    "IexecDigests.authorization",
                    "SignatureJudge.settled",
                    "SignerRecovery.isSignedBy",
                    "TaskBook.now",
                    "TaskBook.atHead",
                    "TaskBook.settled",
                    "LiveChain.task",
                    "ChainView",
                    "CheckedChain.tasksAt",
                    "TaskFacts",
                    "SignatureJudge.settled",
                    "TaskGate.admit",
                    "GrantPolicy.admit",
                    "TaskGate.decide",
                    "SecretNeed.of",
                    "SecretVault.presence",
                    "GrantPolicy.decide",
                    "RegisteredCodeReader.read",
                    "SecretRules.check",
                    "Decision",
                    "Keyring.challengeKey",
                    "SessionPublishers.of",
                    "NativePublisher.publish",
                    "DecisionRecorder.session"),
            "`POST /v1/challenges`",
            List.of(
                    "NativeApi.challenge",
                    "NativeRequests.ask",
                    "JsonBody.parse",
                    "ChallengeDesk.ask",
                    "Ask.digest",
                    "IntentDomain",
                    "SignatureJudge.settled",
                    "TaskBook.now",
                    "SignatureJudge.settled",
                    "TaskGate.admit",
                    "Keyring.challengeKey",
                    "DecisionRecorder.refused",
                    "ChallengeMint.mint"),
            "`POST /v1/grants`",
            List.of(
                    "BodyCap",
                    "NativeApi.grant",
                    "NativeRequests.redeem",
                    "Collateral.parse",
                    "EnvelopeDesk.redeem",
                    "ChallengeBook.read",
                    "ChallengeMint.read",
                    "TaskBook.now",
                    "TaskGate.admit",
                    "ChallengeBook.redeem",
                    "LoggedNonces.redeem",
                    "TaskBudget.spend",
                    "OwnCollateralJudge.judge",
                    "QuoteCollateral.forQuote",
                    "QuoteVerifier.verify",
                    "Verdict",
                    "TaskBook.now",
                    "EnvelopeMaker.expectedReportData",
                    "ReportBinding.reportData",
                    "TaskGate.decide",
                    "GrantPolicy.decide",
                    "EvidenceRules.check",
                    "LaunchBinding.configId",
                    "EnvelopeMaker.make",
                    "RuntimeData.parse",
                    "ReleaseWriter.write",
                    "SecretVault.open",
                    "StageValues",
                    "ReleaseDocument",
                    "HpkeX25519.seal",
                    "ServiceKey.signEnvelope",
                    "DecisionRecorder.granted",
                    "GroupCommitLog.commit",
                    "LogPosition.of",
                    "Problem.of",
                    "ErrorAnswers.storeOutage"),
            "On the other side",
            List.of(
                    "BootStage.run",
                    "LaunchCheck.establish",
                    "EnvelopeRequest.open",
                    "Inputs.place",
                    "LaunchCommand.of",
                    "ApplicationProcess.run"));

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return Page.all().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.toString(), () -> page.links().forEach(link -> requireTarget(page, link))));
    }

    private static void requireTarget(Page page, Page.Link link) {
        if (link.target().matches("[a-z]+:.*")) {
            return;
        }
        String[] target = link.target().split("#", 2);
        Path file = target[0].isEmpty()
                ? page.path()
                : page.path().resolveSibling(target[0]).normalize();
        assertThat(file).as("%s links to %s", page, link.target()).exists().startsWith(Page.root());
        if (target.length == 2) {
            assertThat(new Page(file, Page.read(file)).anchors())
                    .as("%s links to %s", page, link.target())
                    .contains(target[1]);
        }
    }

    @Test
    void everyPageIsInTheIndex() {
        Page index = Page.of("docs/README.md");
        List<Path> listed = index.links().stream()
                .map(link -> index.path().resolveSibling(link.target()).normalize())
                .toList();
        assertThat(Page.all())
                .filteredOn(page -> page.path().startsWith(index.path().resolveSibling("")))
                .filteredOn(page -> !page.path().equals(index.path()))
                .allSatisfy(page ->
                        assertThat(listed).as("the index lists %s", page).contains(page.path()));
    }

    @Test
    void theTourStopsInTheOrderOfTheCode() {
        Page tour = Page.of("docs/tour.md");
        assertThat(tour.sections(2).keySet()).isEqualTo(STOPS.keySet());
        STOPS.forEach((section, stops) ->
                assertThat(names(tour.section(section))).as(section).isEqualTo(stops));
    }

    private static List<String> names(Page section) {
        return section.links().stream()
                .map(link -> link.text().replace("`", ""))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyStopIsWhereItsLinkLeads() {
        Page tour = Page.of("docs/tour.md");
        return tour.links().stream()
                .filter(link -> link.target().endsWith(".java"))
                .map(link -> DynamicTest.dynamicTest(link.text(), () -> requireStop(tour, link)));
    }

    private static void requireStop(Page tour, Page.Link link) {
        String[] name = link.text().replace("`", "").split("\\.", 2);
        Path file = tour.path().resolveSibling(link.target()).normalize();
        assertThat(file).isRegularFile().hasFileName(name[0] + ".java");
        String source = Page.read(file);
        assertThat(source).containsPattern("\\b(?:class|record|interface|enum) " + name[0] + "\\b");
        if (name.length == 2) {
            // A declaration begins a line and is not called on something.
            assertThat(source).containsPattern("(?m)^    [\\w<>\\[\\]., @?]+ " + name[1] + "\\(");
        }
    }

    @Test
    void picturesAreCommitted() {
        assertThat(Stream.of("flow.svg", "release.svg", "chain-of-trust.svg")
                        .map(Page.root().resolve("docs/images")::resolve))
                .allMatch(Files::isRegularFile);
    }
}
