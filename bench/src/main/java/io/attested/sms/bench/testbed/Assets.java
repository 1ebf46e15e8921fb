package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Registers apps and datasets on the chain and knows what it registered. */
final class Assets {
    private static final long HEAP = 1L << 30;

    /** SHA-256 of the block of an empty folder, and its CID. */
    private static final String EMPTY_FOLDER = "59948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef";

    static final String EMPTY_FOLDER_CID = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

    private final Scenario story;
    private final Cast cast;

    Assets(Scenario story, Cast cast) {
        this.story = story;
        this.cast = cast;
    }

    /** An app whose configuration fits this framework. */
    ScenarioFile.App app(Framework framework) {
        return app(framework.sgx() ? configuration(framework) : "");
    }

    /** An app with this text in {@code mrenclave}. */
    ScenarioFile.App app(String configuration) {
        Wallet owner = cast.the("appDeveloper");
        byte[] image = Wallet.keccak(configuration.getBytes(StandardCharsets.UTF_8));
        String multiaddr = "registry.test/app:1.0." + Byte.toUnsignedInt(image[0]);
        String address = story.createApp(owner, multiaddr, image, configuration.getBytes(StandardCharsets.UTF_8));
        return new ScenarioFile.App(address, owner.address(), multiaddr, hex(image), configuration);
    }

    /** A dataset with a URL of its own. */
    ScenarioFile.Dataset dataset(String name) {
        Wallet owner = cast.the("datasetOwner");
        String url = "https://datasets.test/" + name;
        byte[] checksum = Wallet.keccak(name.getBytes(StandardCharsets.UTF_8));
        String address = story.createDataset(owner, url.getBytes(StandardCharsets.UTF_8), checksum);
        return new ScenarioFile.Dataset(address, owner.address(), url, hex(checksum));
    }

    /** A dataset whose multiaddress is binary: the code of IPFS, a length, a multihash. */
    ScenarioFile.Dataset datasetOnIpfs() {
        Wallet owner = cast.the("datasetOwner");
        byte[] checksum = Wallet.keccak("ipfs".getBytes(StandardCharsets.UTF_8));
        String address =
                story.createDataset(owner, HexFormat.of().parseHex("a50322" + "1220" + EMPTY_FOLDER), checksum);
        return new ScenarioFile.Dataset(address, owner.address(), "/ipfs/" + EMPTY_FOLDER_CID, hex(checksum));
    }

    /** Assets nobody pushes a secret of before a check does. */
    ScenarioFile.Pools pools(int each) {
        List<ScenarioFile.Asset> apps = new ArrayList<>();
        List<ScenarioFile.Asset> datasets = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            ScenarioFile.App app = app(Framework.TDX);
            apps.add(new ScenarioFile.Asset(app.address(), app.owner()));
            ScenarioFile.Dataset dataset = dataset("pool-" + i);
            datasets.add(new ScenarioFile.Asset(dataset.address(), dataset.owner()));
        }
        return new ScenarioFile.Pools(apps, datasets);
    }

    /** A configuration that every rule accepts, contract section 3.5. */
    static String configuration(Framework framework) {
        return text(members(framework));
    }

    /** Its members, for one to be changed. */
    static Map<String, Object> members(Framework framework) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("framework", framework.name());
        members.put("version", PipelineImages.VERSION);
        members.put("entrypoint", "python3 /app/app.py");
        members.put("heapSize", HEAP);
        members.put("fingerprint", "5c".repeat(32));
        return members;
    }

    static String text(Map<String, Object> members) {
        return JsonMapper.shared().writeValueAsString(members);
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
