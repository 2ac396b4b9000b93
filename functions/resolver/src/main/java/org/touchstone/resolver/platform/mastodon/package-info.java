/** Posts on any server that says by NodeInfo that it speaks the API of Mastodon. */
package org.touchstone.resolver.platform.mastodon;
