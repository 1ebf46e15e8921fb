/**
 * The clients that the iExec contract names, against the whole service: the unmodified SDK 8 and 9 as library and on the
 * command line, and a scheduler and a worker that behave as contract sections 1.1, 5.2 and 5.3 describe iExec's.
 *
 * <p>The scheduler and the worker know the JDK's HTTP client, JSON and the wallets of the testbed; no class of the service.
 * Only the fixture that starts the service reaches into it.
 */
@NullMarked
package io.attested.sms.clients;

import org.jspecify.annotations.NullMarked;
