/** Mastodon's API on loopback, as its documentation describes it. */
package org.touchstone.emulators.social.mastodon;
