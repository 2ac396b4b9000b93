/** Sites whose public pages or interfaces give their media to anyone, and web pages as such. */
package org.touchstone.resolver.platform.sites;
