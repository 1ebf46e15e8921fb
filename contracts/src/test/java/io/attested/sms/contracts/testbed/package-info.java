/**
 * The real protocol on a local chain, for the tests of every module and for the demo.
 *
 * <p>Owns the start and stop of a node from npm, the deployment of PoCo from its published artifacts, the scenarios
 * (assets, orders, deals, tasks, authorisations) and the calls of the real iExec SDKs. Speaks in plain strings and bytes;
 * no web3j or JUnit type is public here. Refuses any other network than the node it started. Calls nothing of ours.
 */
@NullMarked
package io.attested.sms.contracts.testbed;

import org.jspecify.annotations.NullMarked;
