/** What shows and measures the project. May use everything; nothing depends on it. */
@NullMarked
package io.attested.sms.bench;

import org.jspecify.annotations.NullMarked;
