/** Chat endpoints of language models behind one port. */
package org.touchstone.judge.chat;
