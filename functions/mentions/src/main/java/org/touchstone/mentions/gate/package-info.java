/** What every call of a platform passes: its limits, its price and the bot's monthly cap. */
package org.touchstone.mentions.gate;
