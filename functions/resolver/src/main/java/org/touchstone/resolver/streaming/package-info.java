/**
 * Streaming manifests, which name a medium's parts: HLS playlists (RFC 8216) and MPEG-DASH media
 * presentation descriptions (ISO/IEC 23009-1), of recordings that are complete and not encrypted.
 * Everything in them is a stranger's claim: their size, the number of parts and what they say of
 * length and bit rate are bounded, and every address goes through the fetcher's rules.
 */
package org.touchstone.resolver.streaming;
