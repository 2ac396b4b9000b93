/** Videos and photo posts on TikTok, from the data within their pages. */
package org.touchstone.resolver.platform.tiktok;
