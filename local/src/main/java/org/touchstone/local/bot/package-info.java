/** Trials of the mention bot in which nothing is posted. */
package org.touchstone.local.bot;
