/** Health over HTTP. */
@NullMarked
package io.attested.sms.operate.web;

import org.jspecify.annotations.NullMarked;
