/** Posts on servers that speak Mastodon's API, Truth Social among them. */
package org.touchstone.resolver.platform.fediverse;
