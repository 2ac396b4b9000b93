/** Links that no platform claims: files, and web pages that name their media. */
package org.touchstone.resolver.platform.web;
