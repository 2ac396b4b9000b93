/** Where voters' secrets come from. */
package org.touchstone.partners.secret;
