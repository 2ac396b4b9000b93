/** The description of a voter of another organisation, and its strict reader. */
package org.touchstone.partners.voter;
