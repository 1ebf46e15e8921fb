// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Frame, Part, Read} from "./Read.sol";

/// Everything PoCo says of a task, or of a deal, in one block. Never deployed: its creation code runs in an `eth_call`
/// without a recipient and returns the answer instead of code.
///
/// A zero task id asks for the deal alone. The deal read is the task's; when the hub knows no deal for the task, it is
/// the one given, which is how the tasks of boosted deals are recognised (the hub stores no deal with them).
contract TaskLens {
    struct Answer {
        Frame frame;
        bytes32 dealId;
        Part[] parts;
    }

    uint256 private constant TASK = 0;
    uint256 private constant DEAL = 1;
    uint256 private constant BOOST = 2;
    uint256 private constant CATEGORY = 3;
    uint256 private constant APP = 4;
    uint256 private constant APP_TYPE = 5;
    uint256 private constant APP_MULTIADDR = 6;
    uint256 private constant APP_CHECKSUM = 7;
    uint256 private constant APP_MRENCLAVE = 8;
    uint256 private constant DATASET = 9;
    uint256 private constant DATASET_MULTIADDR = 10;
    uint256 private constant DATASET_CHECKSUM = 11;
    uint256 private constant APP_OWNER = 12;
    uint256 private constant DATASET_OWNER = 13;
    uint256 private constant WORKERPOOL_OWNER = 14;
    uint256 private constant APP_REGISTERED = 15;
    uint256 private constant DATASET_REGISTERED = 16;
    uint256 private constant WORKERPOOL_REGISTERED = 17;
    uint256 private constant PARTS = 18;

    /// Words of a task up to its final deadline; its contributors and results, of any length, follow.
    uint256 private constant TASK_WORDS = 7;
    /// Words before a deal's params: the offset, then 21 members or, with the sponsor, 22.
    uint256 private constant DEAL_WORDS = 22;
    uint256 private constant BOOST_WORDS = 14;

    constructor(address hub, bytes32 taskId, bytes32 dealId) {
        Answer memory answer;
        answer.frame = Read.frame(hub);
        answer.parts = new Part[](PARTS);
        answer.dealId = dealId;
        if (taskId != 0) {
            answer.parts[TASK] = task(hub, taskId);
            bytes32 found = bytes32(Read.word(answer.parts[TASK], 1));
            if (found != 0) answer.dealId = found;
        }
        if (answer.dealId != 0) deal(answer.parts, hub, answer.dealId);
        bytes memory encoded = abi.encode(answer);
        assembly {
            return(add(encoded, 32), mload(encoded))
        }
    }

    function task(address hub, bytes32 taskId) private view returns (Part memory part) {
        bytes memory data = abi.encodeWithSignature("viewTaskABILegacy(bytes32)", taskId);
        part = Read.head(hub, Read.HUB_GAS, data, 0, TASK_WORDS);
        if (part.outcome == Read.REFUSED) {
            data = abi.encodeWithSignature("viewTask(bytes32)", taskId);
            part = Read.head(hub, Read.HUB_GAS, data, 1, TASK_WORDS);
        }
    }

    function deal(Part[] memory parts, address hub, bytes32 dealId) private view {
        uint256 budget;
        bytes memory data = abi.encodeWithSignature("viewDeal(bytes32)", dealId);
        (parts[DEAL], budget) = Read.all(hub, data, DEAL_WORDS, Read.BUDGET);
        if (parts[DEAL].outcome == Read.TOO_LARGE) {
            // The members before the params still lead on to the assets.
            Part memory members = Read.head(hub, Read.TEXT_GAS, data, 0, DEAL_WORDS);
            assets(parts, hub, members, budget);
        } else if (Read.word(parts[DEAL], 1) != 0) {
            assets(parts, hub, parts[DEAL], budget);
        } else {
            data = abi.encodeWithSignature("viewDealBoost(bytes32)", dealId);
            parts[BOOST] = Read.head(hub, Read.HUB_GAS, data, 0, BOOST_WORDS);
        }
    }

    function assets(Part[] memory parts, address hub, Part memory members, uint256 budget) private view {
        bytes memory data = abi.encodeWithSignature("viewCategory(uint256)", Read.word(members, 11));
        parts[CATEGORY] = Read.head(hub, Read.HUB_GAS, data, 0, 4);
        address app_ = address(uint160(Read.word(members, 1)));
        address dataset_ = address(uint160(Read.word(members, 4)));
        address workerpool = address(uint160(Read.word(members, 7)));
        budget = app(parts, hub, app_, budget);
        if (dataset_ != address(0)) dataset(parts, hub, dataset_, budget);
        parts[WORKERPOOL_OWNER] = owner(workerpool);
        parts[WORKERPOOL_REGISTERED] = Read.registered(hub, "workerpoolregistry()", workerpool);
    }

    function app(Part[] memory parts, address hub, address asset, uint256 budget) private view returns (uint256) {
        parts[APP_OWNER] = owner(asset);
        parts[APP_REGISTERED] = Read.registered(hub, "appregistry()", asset);
        bytes memory data = abi.encodeWithSignature("viewApp(address)", asset);
        (parts[APP], budget) = Read.all(hub, data, 7, budget);
        if (parts[APP].outcome == Read.REFUSED) {
            parts[APP_CHECKSUM] = getter(asset, "m_appChecksum()");
            (parts[APP_TYPE], budget) = getter(asset, "m_appType()", budget);
            (parts[APP_MULTIADDR], budget) = getter(asset, "m_appMultiaddr()", budget);
            (parts[APP_MRENCLAVE], budget) = getter(asset, "m_appMREnclave()", budget);
        }
        return budget;
    }

    function dataset(Part[] memory parts, address hub, address asset, uint256 budget) private view {
        parts[DATASET_OWNER] = owner(asset);
        parts[DATASET_REGISTERED] = Read.registered(hub, "datasetregistry()", asset);
        bytes memory data = abi.encodeWithSignature("viewDataset(address)", asset);
        (parts[DATASET], budget) = Read.all(hub, data, 5, budget);
        if (parts[DATASET].outcome == Read.REFUSED) {
            parts[DATASET_CHECKSUM] = getter(asset, "m_datasetChecksum()");
            (parts[DATASET_MULTIADDR], budget) = getter(asset, "m_datasetMultiaddr()", budget);
        }
    }

    function owner(address asset) private view returns (Part memory) {
        return getter(asset, "owner()");
    }

    function getter(address asset, string memory signature) private view returns (Part memory) {
        return Read.head(asset, Read.ASSET_GAS, abi.encodeWithSignature(signature), 0, 1);
    }

    function getter(address asset, string memory signature, uint256 budget)
        private
        view
        returns (Part memory, uint256)
    {
        return Read.all(asset, abi.encodeWithSignature(signature), 2, budget);
    }
}
