/** Posts on any server whose NodeInfo says that it offers Mastodon's API. */
package org.touchstone.resolver.platform.mastodon;
