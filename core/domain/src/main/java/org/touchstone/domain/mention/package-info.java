/** Mentions of the bot on social networks, and its replies to them. */
package org.touchstone.domain.mention;
