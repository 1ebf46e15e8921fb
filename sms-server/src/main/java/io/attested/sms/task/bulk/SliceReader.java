package io.attested.sms.task.bulk;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.RegisteredBytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the two lists of a bulk deal, iExec contract section 4.7: the root, an array of CIDs, one for each task; and a
 * slice, an array of 1 to {@value DatasetOrdersLookup#MOST_ORDERS} signed dataset orders. Numbers are JSON numbers or
 * decimal strings. Members that PoCo's order does not have are ignored.
 */
final class SliceReader {
    private static final int MOST_DIGITS = 78;
    private static final int LONGEST_CID = 128;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern HEX = Pattern.compile("0x([0-9a-fA-F]{2})*");

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4)
                            .maxNumberLength(MOST_DIGITS)
                            .maxStringLength(2 * DatasetOrder.LONGEST_SIGNATURE + 2)
                            .maxNameLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * The CID of a task's slice.
     *
     * @param index of the task in its deal's order, at least 0
     */
    String slice(ByteString root, long index) throws MalformedListException {
        JsonNode array = array(root, "the root");
        if (index >= array.size()) {
            throw new MalformedListException(
                    "the root has " + array.size() + " elements, expected one at index " + index + " of the task");
        }
        JsonNode cid = array.get((int) index);
        if (!cid.isString() || cid.stringValue().length() > LONGEST_CID) {
            throw new MalformedListException("element " + index + " of the root is no CID");
        }
        return cid.stringValue();
    }

    /** The signed orders of a slice. */
    List<DatasetOrder> orders(ByteString slice) throws MalformedListException {
        JsonNode array = array(slice, "the slice");
        if (array.isEmpty() || array.size() > DatasetOrdersLookup.MOST_ORDERS) {
            throw new MalformedListException(
                    "the slice has " + array.size() + " orders, expected 1 to " + DatasetOrdersLookup.MOST_ORDERS);
        }
        List<DatasetOrder> orders = new ArrayList<>();
        for (JsonNode element : array) {
            orders.add(order(element, orders.size() + 1));
        }
        return List.copyOf(orders);
    }

    private JsonNode array(ByteString bytes, String what) throws MalformedListException {
        try {
            JsonNode node = json.readTree(bytes.toByteArray());
            if (node != null && node.isArray()) {
                return node;
            }
        } catch (JacksonException notJson) {
            throw new MalformedListException(what + " is no JSON, or nested deeper or longer than a list");
        }
        throw new MalformedListException(what + " is no JSON array");
    }

    private static DatasetOrder order(JsonNode order, int number) throws MalformedListException {
        if (!order.isObject()) {
            throw new MalformedListException("order " + number + " of the slice is no JSON object");
        }
        Members members = new Members(order, number);
        return new DatasetOrder(
                members.text("dataset", Address::tryParse),
                members.number("datasetprice"),
                members.number("volume"),
                members.text("tag", Bytes32::tryParse),
                members.text("apprestrict", Address::tryParse),
                members.text("workerpoolrestrict", Address::tryParse),
                members.text("requesterrestrict", Address::tryParse),
                members.text("salt", Bytes32::tryParse),
                members.text("sign", SliceReader::signature));
    }

    private static Optional<RegisteredBytes> signature(String hex) {
        boolean fits = HEX.matcher(hex).matches() && hex.length() <= 2 * DatasetOrder.LONGEST_SIGNATURE + 2;
        return fits ? Optional.of(RegisteredBytes.of(HexFormat.of().parseHex(hex, 2, hex.length()))) : Optional.empty();
    }

    private record Members(JsonNode order, int number) {
        <T> T text(String name, Function<String, Optional<T>> parser) throws MalformedListException {
            JsonNode member = order.path(name);
            Optional<T> parsed = member.isString() ? parser.apply(member.stringValue()) : Optional.empty();
            return parsed.orElseThrow(() -> malformed(name));
        }

        BigInteger number(String name) throws MalformedListException {
            JsonNode member = order.path(name);
            BigInteger value;
            if (member.isIntegralNumber()) {
                value = member.bigIntegerValue();
            } else if (member.isString()
                    && DECIMAL.matcher(member.stringValue()).matches()) {
                value = new BigInteger(member.stringValue());
            } else {
                throw malformed(name);
            }
            if (value.signum() < 0 || value.bitLength() > 256) {
                throw malformed(name);
            }
            return value;
        }

        private MalformedListException malformed(String name) {
            return new MalformedListException(
                    "member " + name + " of order " + number + " of the slice is missing or not of its type");
        }
    }
}
