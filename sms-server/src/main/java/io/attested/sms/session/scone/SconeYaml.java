package io.attested.sms.session.scone;

import io.attested.sms.session.StagedSession.FileSystem;
import io.attested.sms.session.scone.SconeSession.Image;
import io.attested.sms.session.scone.SconeSession.Service;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes a session as a YAML document, members in the contract's order.
 *
 * <p>Every value and every variable's name stands in double quotes: in that style no version of YAML takes a text for a
 * number, a date, a truth value or an alias, and a line break is an escape. The document is built as a tree of nodes, so a
 * value can never become structure.
 */
final class SconeYaml {
    private SconeYaml() {}

    static String write(SconeSession session) {
        Members document = new Members();
        document.put("name", text(session.name()));
        document.put("version", text(SconeSession.VERSION));
        Members policy = new Members();
        policy.put("read", texts(List.of("CREATOR")));
        policy.put("update", texts(List.of("NONE")));
        document.put("access_policy", policy.node());
        document.put(
                "services",
                list(session.services().stream().map(SconeYaml::service).toList()));
        document.put(
                "images", list(session.images().stream().map(SconeYaml::image).toList()));
        document.put(
                "volumes",
                list(SconeSession.VOLUMES.stream().map(SconeYaml::volume).toList()));
        Members security = new Members();
        security.put("attestation", attestation(session));
        document.put("security", security.node());
        return serialised(document.node());
    }

    private static String serialised(Node document) {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        options.setAllowUnicode(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(document, text);
        return text.toString();
    }

    private static Node service(Service service) {
        Members members = new Members();
        members.put("name", text(service.name()));
        members.put("image_name", text(service.imageName()));
        members.put("mrenclaves", texts(List.of(service.mrEnclave())));
        members.put("pwd", text("/"));
        members.put("command", text(service.command()));
        members.put("environment", environment(service.environment()));
        service.fileSystem().ifPresent(tree -> putTree(members, tree));
        return members.node();
    }

    private static void putTree(Members members, FileSystem tree) {
        members.put("fspf_path", text("/fspf.pb"));
        members.put("fspf_key", text(tree.key()));
        members.put("fspf_tag", text(tree.tag()));
    }

    private static Node environment(Map<String, String> variables) {
        List<NodeTuple> members = new ArrayList<>();
        variables.forEach((name, value) -> members.add(new NodeTuple(text(name), text(value))));
        return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
    }

    private static Node image(Image image) {
        Members members = new Members();
        members.put("name", text(image.name()));
        List<Node> mounts = new ArrayList<>();
        for (String volume : image.volumes()) {
            Members mount = new Members();
            mount.put("name", text(volume));
            mount.put("path", text("/" + volume));
            mounts.add(mount.node());
        }
        members.put("volumes", list(mounts));
        return members.node();
    }

    private static Node volume(String name) {
        Members members = new Members();
        members.put("name", text(name));
        return members.node();
    }

    private static Node attestation(SconeSession session) {
        Members members = new Members();
        members.put("tolerate", texts(session.attestation().tolerate()));
        members.put("ignore_advisories", texts(session.attestation().ignoreAdvisories()));
        members.put("mode", text(session.attestation().mode().word()));
        members.put(
                "url",
                session.attestationServer()
                        .map(SconeYaml::text)
                        .orElseGet(() -> new ScalarNode(Tag.NULL, "null", null, null, ScalarStyle.PLAIN)));
        return members.node();
    }

    private static Node text(String value) {
        return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node texts(List<String> values) {
        return list(values.stream().map(SconeYaml::text).toList());
    }

    private static Node list(List<Node> elements) {
        return new SequenceNode(Tag.SEQ, elements, elements.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    /** The members of one mapping of the language; their names are the language's own words. */
    private static final class Members {
        private final List<NodeTuple> members = new ArrayList<>();

        void put(String name, Node value) {
            members.add(new NodeTuple(new ScalarNode(Tag.STR, name, null, null, ScalarStyle.PLAIN), value));
        }

        Node node() {
            return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
        }
    }
}
