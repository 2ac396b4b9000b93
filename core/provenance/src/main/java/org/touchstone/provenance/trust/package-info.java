/** The lists of those who vouch for content credentials. */
package org.touchstone.provenance.trust;
