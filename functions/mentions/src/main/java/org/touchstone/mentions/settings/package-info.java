/** The bot's configuration. */
package org.touchstone.mentions.settings;
