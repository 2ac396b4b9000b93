/**
 * A language model judges what is said in a recording: is it real speech or made up? The port is
 * {@link org.touchstone.judge.Judge}.
 */
package org.touchstone.judge;
