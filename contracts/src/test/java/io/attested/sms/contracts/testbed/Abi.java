package io.attested.sms.contracts.testbed;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Hash;

/** Short names for what the deployment and the scenarios encode. */
final class Abi {
    static final String ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

    private Abi() {}

    /** Call data of a function given by its canonical signature, such as {@code claim(bytes32)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static String call(String signature, Type<?>... arguments) {
        return selector(signature) + arguments(arguments);
    }

    /** The encoded arguments alone, without {@code 0x}. */
    static String arguments(Type<?>... arguments) {
        return FunctionEncoder.encodeConstructor(List.of(arguments));
    }

    /** {@code 0x} and 8 digits. */
    static String selector(String signature) {
        return Hash.sha3String(signature).substring(0, 10);
    }

    static Address address(String address) {
        return new Address(address);
    }

    static Uint256 number(long value) {
        return new Uint256(BigInteger.valueOf(value));
    }

    static Uint8 small(int value) {
        return new Uint8(BigInteger.valueOf(value));
    }

    static Utf8String text(String value) {
        return new Utf8String(value);
    }

    static DynamicBytes bytes(byte[] value) {
        return new DynamicBytes(value);
    }

    static DynamicBytes bytes(String hex) {
        return new DynamicBytes(unhex(hex));
    }

    static Bytes32 word(String hex) {
        return new Bytes32(unhex(hex));
    }

    static Bytes4 selectorBytes(String selector) {
        return new Bytes4(unhex(selector));
    }

    /** @param hex {@code 0x} and an even number of digits */
    static byte[] unhex(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** The address in the first word of an answer. */
    static String firstAddress(String answer) {
        return "0x" + answer.substring(26, 66);
    }

    /** The number in the first word of an answer. */
    static BigInteger firstNumber(String answer) {
        return new BigInteger(answer.substring(2, 66), 16);
    }
}
