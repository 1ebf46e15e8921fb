/** Controllers of the iExec contract: parse, prove the signer, delegate, answer. */
@NullMarked
package io.attested.sms.iexec.web;

import org.jspecify.annotations.NullMarked;
