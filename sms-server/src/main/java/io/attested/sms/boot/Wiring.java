package io.attested.sms.boot;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.pki.RememberedSignatures;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.jdbc.RedeemedNonces;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.ServedVersions;
import io.attested.sms.http.RefusalLog;
import io.attested.sms.http.SourceBudget;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.iexec.PushDesk;
import io.attested.sms.iexec.SessionDesk;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.operate.CollateralState;
import io.attested.sms.operate.ServiceHealth;
import io.attested.sms.operate.admin.OutOfService;
import io.attested.sms.operate.chain.ChainSight;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.release.ChallengeDesk;
import io.attested.sms.release.EnvelopeDesk;
import io.attested.sms.release.EvidenceJudge;
import io.attested.sms.release.LoggedNonces;
import io.attested.sms.release.ReleaseDesks;
import io.attested.sms.release.web.ServiceCard;
import io.attested.sms.secret.PushBudget;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.DecisionContext;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.ReleaseWriter;
import io.attested.sms.session.SessionPublishers;
import io.attested.sms.session.TaskBudget;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Every object of the service and what it is made of. The only place where features meet. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    TrustRoot trustRoot(SmsSettings settings, StartGate.Passed checked) {
        return Trust.root(settings);
    }

    @Bean
    MeasurementsFile measurements(SmsSettings settings) {
        return Trust.measurements(settings.measurements());
    }

    @Bean
    DecisionContext decisionContext(
            SmsSettings settings, CheckedChainSettings chain, MeasurementsFile measurements, EvidencePolicy policy) {
        return new DecisionContext(
                settings.realm().word(),
                ChainTerms.word(chain.level()),
                measurements.digest(),
                Bytes32.of(Trust.sha256(policy.toJson())));
    }

    @Bean
    OpenStore store(
            SmsSettings settings,
            CheckedChainSettings chain,
            ChainWiring.Checked checked,
            TrustRoot trustRoot,
            DecisionContext context,
            InstantSource clock,
            SecureRandom random) {
        return StoreStart.open(settings, chain, trustRoot, context, clock, random);
    }

    @Bean
    AuditLog auditLog(OpenStore store) {
        return store.log();
    }

    @Bean
    Keyring keyring(OpenStore store) {
        return store.keyring();
    }

    @Bean
    SecretVault vault(OpenStore store, SmsSettings settings, DecisionContext context, InstantSource clock) {
        return new SecretVault(
                store.keyring(),
                store.secrets(),
                store.log(),
                clock,
                new PushBudget(
                        settings.store().namesPerOwner(),
                        settings.store().reserve().toBytes(),
                        store.database()::usableBytes),
                context.measurementsDigest());
    }

    @Bean
    IntentDomain intentDomain(CheckedChainSettings chain, Keyring keyring) {
        return new IntentDomain(
                chain.chainId(), chain.hub(), keyring.serviceKey().serviceId());
    }

    @Bean
    EvidencePolicy evidencePolicy(SmsSettings settings) {
        return Trust.policy(settings);
    }

    @Bean
    GrantPolicy grantPolicy(
            SmsSettings settings, BulkSettings bulk, EvidencePolicy policy, MeasurementsFile measurements) {
        return new GrantPolicy(
                policy,
                ServedVersions.of(
                        settings.tee().pipelines().stream()
                                .map(SmsSettings.Tee.Pipeline::version)
                                .collect(Collectors.toUnmodifiableSet()),
                        measurements.pipelines()),
                measurements.baseImages(),
                bulk.missing());
    }

    @Bean
    TaskBook taskBook(ChainView chain, InstantSource clock) {
        return new TaskBook(chain, clock);
    }

    @Bean
    TaskGate taskGate(GrantPolicy policy, SecretVault vault, BulkWiring.Served bulks, InstantSource clock) {
        return new TaskGate(policy, vault, bulks.book(), clock);
    }

    @Bean
    DecisionRecorder decisionRecorder(AuditLog log, DecisionContext context, InstantSource clock) {
        return new DecisionRecorder(log, context, clock);
    }

    @Bean
    ReleaseDesks releaseDesks(
            SmsSettings settings,
            IntentDomain domain,
            TaskBook tasks,
            TaskGate gate,
            SignatureJudge signatures,
            OpenStore store,
            SecretVault vault,
            DecisionRecorder recorder,
            EvidenceJudge judge,
            SecureRandom random,
            InstantSource clock) {
        RedeemedNonces redeemed = new RedeemedNonces(store.database().jdbc());
        return ReleaseDesks.open(
                new ReleaseDesks.Surroundings(
                        domain,
                        tasks,
                        gate,
                        signatures,
                        store.keyring(),
                        recorder,
                        new TaskBudget(settings.release().perTaskAndHour(), clock),
                        random,
                        clock),
                new LoggedNonces(store.log(), redeemed::redeem, redeemed::forgetExpired, clock),
                judge,
                new HpkeX25519(),
                new ReleaseWriter(vault, store.keyring()));
    }

    @Bean
    ChallengeDesk challengeDesk(ReleaseDesks desks) {
        return desks.challenges();
    }

    @Bean
    EnvelopeDesk envelopeDesk(ReleaseDesks desks) {
        return desks.envelopes();
    }

    @Bean
    SignatureJudge signatureJudge(ChainView chain) {
        return new SignatureJudge(chain);
    }

    @Bean
    PushDesk pushDesk(ChainView chain, SignatureJudge signatures, SecretVault vault) {
        return new PushDesk(chain, signatures, vault);
    }

    @Bean
    SessionDesk sessionDesk(
            IntentDomain domain,
            TaskBook tasks,
            TaskGate gate,
            SignatureJudge signatures,
            Keyring keyring,
            SessionPublishers publishers,
            DecisionRecorder recorder,
            SmsSettings settings) {
        return new SessionDesk(
                domain,
                tasks,
                gate,
                signatures,
                keyring,
                publishers,
                recorder,
                settings.chain().settleWait());
    }

    @Bean
    ServiceCard serviceCard(IntentDomain domain, Keyring keyring, DecisionContext context, TrustRoot trustRoot) {
        return new ServiceCard(
                keyring.serviceKey().publicKey().toString(),
                domain.serviceId().toString(),
                domain.chainId(),
                domain.hub().toString(),
                context.realm(),
                HpkeX25519.KEM,
                trustRoot.name(),
                context.measurementsDigest().toString());
    }

    @Bean
    RefusalLog refusalLog(InstantSource clock) {
        return new RefusalLog(clock);
    }

    @Bean
    FilterRegistrationBean<SourceBudget> sourceBudget(SmsSettings settings, AdminSettings admin, InstantSource clock) {
        FilterRegistrationBean<SourceBudget> registration = new FilterRegistrationBean<>(
                new SourceBudget(settings.iexec().writesPerMinute(), admin.onlyPort(), clock));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    ServiceHealth serviceHealth(
            ChainSight chain,
            AuditLog log,
            DecisionContext context,
            TrustRoot trustRoot,
            RememberedSignatures signatures,
            CollateralState collateral,
            OutOfService service,
            OpenStore store,
            SmsSettings settings) {
        return new ServiceHealth(
                chain,
                log,
                context,
                trustRoot.name(),
                signatures.provider(),
                collateral,
                new ServiceHealth.Serving(
                        service::refuses,
                        store.database()::usableBytes,
                        settings.store().reserve().toBytes()));
    }
}
