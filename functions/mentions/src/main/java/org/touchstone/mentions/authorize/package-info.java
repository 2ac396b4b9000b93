/** Leads a person through the authorisation of the bot's account. */
package org.touchstone.mentions.authorize;
