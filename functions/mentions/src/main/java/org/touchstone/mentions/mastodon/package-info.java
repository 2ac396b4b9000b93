/** All that is particular to Mastodon and servers with its API. */
package org.touchstone.mentions.mastodon;
