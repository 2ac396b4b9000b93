/** Answers of language models, and the checks that they must pass. */
package org.touchstone.judge.answer;
