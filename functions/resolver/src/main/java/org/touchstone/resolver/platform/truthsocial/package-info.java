/** Posts on Truth Social, a relative of Mastodon. */
package org.touchstone.resolver.platform.truthsocial;
