package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** Makes the scenario on a fresh chain and writes the files that describe it. */
final class TestScenario {
    private TestScenario() {}

    /**
     * Where the two files are, and what is in one of them.
     *
     * @param file {@code scenario.json}
     * @param server settings of the service under test
     * @param scenario what {@code file} says
     */
    record Written(Path file, Path server, ScenarioFile scenario) {}

    /**
     * Deploys PoCo and plays every deal.
     *
     * @param stores sessions are posted to
     * @param folder absolute, exists, for the files
     * @param ports of everything
     * @param pool how many apps, and how many datasets, to register that no task is about
     */
    static Written make(LocalChain chain, Stores stores, Path folder, Ports ports, int pool, SecureRandom random)
            throws IOException {
        Poco poco = PocoDeployment.deploy(chain);
        Scenario story = Scenario.on(chain, poco);
        Cast cast = Cast.usual();
        Assets assets = new Assets(story, cast);
        Tasks tasks = new Tasks(story, cast, random);
        new Deals(assets, tasks, new Bulks(story, cast, assets, stores.ipfs())).all();
        ServerFiles files = new ServerFiles(folder);
        Map<String, String> settings = files.settings(chain.url(), poco.chainId(), poco.hub(), ports);
        settings.putAll(stores.settings(folder));
        ScenarioFile.Admin admin = files.admin(settings);
        ScenarioFile scenario = new ScenarioFile(
                ScenarioFile.FORMAT,
                new ScenarioFile.Chain(chain.url(), poco.chainId(), poco.hub()),
                ports.listeners(),
                stores.publishers(),
                stores.provisioningUrls(),
                stores.inspections(),
                Optional.of(stores.ipfs().url()),
                Optional.of(admin),
                cast.accounts(),
                assets.pools(pool),
                PipelineImages.all(),
                tasks.all(),
                settings);
        Path file = folder.resolve("scenario.json");
        scenario.write(file);
        return new Written(file, files.write(settings), scenario);
    }
}
