/** How long a service may take. */
package org.touchstone.recognisers.limits;
