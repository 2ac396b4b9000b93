/** Jobs on what is said: reads the transcript, asks the judge once and stores its report. */
package org.touchstone.judge.job;
