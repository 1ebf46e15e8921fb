// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// What became of one read of another contract, and what it returned.
struct Part {
    uint256 outcome;
    bytes data;
}

/// Which block an answer is of, as the EVM sees it, and the hub's code there.
struct Frame {
    bytes32 format;
    uint256 chainId;
    uint256 number;
    bytes32 parentHash;
    uint256 timestamp;
    bytes32 hubCodeHash;
}

/// Reads of contracts that may be hostile: bounded in gas and in what is copied of their answers, and never reverting.
///
/// What a lens returns counts as the code of a new contract (EIP-170: at most 24,576 bytes), so long answers share a
/// budget; what exceeds it is named too large and must be read by a call of its own.
library Read {
    uint256 internal constant NOT_ASKED = 0;
    uint256 internal constant ANSWERED = 1;
    /// The call reverted, or returned less than its type has at least (no contract, no such function).
    uint256 internal constant REFUSED = 2;
    /// The answer is longer than may be copied; data holds its length as one word.
    uint256 internal constant TOO_LARGE = 3;
    /// The call of the lens had too little gas left to give this read its share.
    uint256 internal constant NO_GAS = 4;

    uint256 internal constant HUB_GAS = 3_000_000;
    uint256 internal constant ASSET_GAS = 300_000;
    /// For texts of any length: 2,100 gas for each word that is stored, so about 100 kB.
    uint256 internal constant TEXT_GAS = 8_000_000;
    uint256 internal constant WALLET_GAS = 3_000_000;
    /// For one dataset order, of which its owner's wallet (ERC-1271) may use a part.
    uint256 internal constant ORDER_GAS = 1_000_000;

    /// Bytes that the long answers of one lens may have together.
    uint256 internal constant BUDGET = 21_000;

    /// Layout of the answers; changes with them.
    bytes32 private constant FORMAT = "sms-lens/1";

    /// Precompile of Arbitrum chains, where NUMBER and BLOCKHASH are those of the parent chain.
    address private constant ARB_SYS = address(100);

    function frame(address hub) internal view returns (Frame memory at) {
        at.format = FORMAT;
        at.chainId = block.chainid;
        at.number = block.number;
        at.timestamp = block.timestamp;
        at.hubCodeHash = hub.codehash;
        if (ARB_SYS.code.length == 0) {
            at.parentHash = at.number == 0 ? bytes32(0) : blockhash(at.number - 1);
            return at;
        }
        Part memory number = head(ARB_SYS, ASSET_GAS, abi.encodeWithSignature("arbBlockNumber()"), 0, 1);
        if (number.outcome == ANSWERED) {
            at.number = word(number, 0);
            bytes memory data = abi.encodeWithSignature("arbBlockHash(uint256)", at.number == 0 ? 0 : at.number - 1);
            at.parentHash = bytes32(word(head(ARB_SYS, ASSET_GAS, data, 0, 1), 0));
        }
    }

    /// Copies `words` words after the first `skipped` ones; what follows them is left, however long it is.
    function head(address to, uint256 share, bytes memory data, uint256 skipped, uint256 words)
        internal
        view
        returns (Part memory part)
    {
        (uint256 outcome, uint256 size) = ask(to, share, data);
        if (outcome == ANSWERED && size < 32 * (skipped + words)) outcome = REFUSED;
        part.outcome = outcome;
        if (outcome == ANSWERED) part.data = copied(32 * skipped, 32 * words);
    }

    /// Copies the whole answer when it has at least `least` words and at most `budget` bytes.
    function all(address to, bytes memory data, uint256 least, uint256 budget)
        internal
        view
        returns (Part memory part, uint256 left)
    {
        (uint256 outcome, uint256 size) = ask(to, TEXT_GAS, data);
        left = budget;
        if (outcome == ANSWERED && size < 32 * least) outcome = REFUSED;
        if (outcome == ANSWERED && size > budget) {
            part.outcome = TOO_LARGE;
            part.data = abi.encode(size);
            return (part, left);
        }
        part.outcome = outcome;
        if (outcome == ANSWERED) {
            part.data = copied(0, size);
            left = budget - size;
        }
    }

    /// Copies the whole answer of an asset when it has at least `least` words and at most `most` bytes.
    function short(address to, bytes memory data, uint256 least, uint256 most)
        internal
        view
        returns (Part memory part)
    {
        (uint256 outcome, uint256 size) = ask(to, ASSET_GAS, data);
        if (outcome == ANSWERED && size < 32 * least) outcome = REFUSED;
        if (outcome == ANSWERED && size > most) outcome = TOO_LARGE;
        part.outcome = outcome;
        if (outcome == ANSWERED) part.data = copied(0, size);
        if (outcome == TOO_LARGE) part.data = abi.encode(size);
    }

    /// Whether the hub's registry that `registry()` names knows the asset.
    function registered(address hub, string memory registry, address asset) internal view returns (Part memory) {
        Part memory at = head(hub, HUB_GAS, abi.encodeWithSignature(registry), 0, 1);
        if (at.outcome != ANSWERED) return at;
        bytes memory data = abi.encodeWithSignature("isRegistered(address)", asset);
        return head(address(uint160(word(at, 0))), HUB_GAS, data, 0, 1);
    }

    /// The word at this index, zero when the answer does not have it.
    function word(Part memory part, uint256 index) internal pure returns (uint256 value) {
        bytes memory data = part.data;
        if (data.length < 32 * (index + 1)) return 0;
        assembly ("memory-safe") {
            value := mload(add(add(data, 32), mul(32, index)))
        }
    }

    function ask(address to, uint256 share, bytes memory data) private view returns (uint256, uint256) {
        // A call gets at most 63/64 of what is left (EIP-150): with less, its failure would say nothing about it.
        if (gasleft() < share + share / 63 + 50_000) return (NO_GAS, 0);
        bool success;
        uint256 size;
        assembly ("memory-safe") {
            success := staticcall(share, to, add(data, 32), mload(data), 0, 0)
            size := returndatasize()
        }
        return (success ? ANSWERED : REFUSED, size);
    }

    function copied(uint256 from, uint256 length) private pure returns (bytes memory data) {
        data = new bytes(length);
        assembly ("memory-safe") {
            returndatacopy(add(data, 32), from, length)
        }
    }
}
