/** A small social network with a page, to see the bot at work without an account anywhere. */
package org.touchstone.emulators.social.simulator;
