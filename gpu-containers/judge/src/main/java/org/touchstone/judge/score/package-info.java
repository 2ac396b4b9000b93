/** How well a version of the prompt judges labelled transcripts. */
package org.touchstone.judge.score;
